#include "measure.h"

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <locale.h>
#include <termios.h>
#include <unistd.h>

int run_bare_curses(void) {
  setlocale(LC_ALL, "");
  if (initscr() == NULL) return 1;
  raw();
  noecho();
  keypad(stdscr, TRUE);
  curs_set(0);
  start_color();
  use_default_colors();
  init_pair(1, COLOR_CYAN, -1);
  for (int row = 0; row < LINES; row++) {
    attrset(row % 4 == 0 ? A_BOLD | COLOR_PAIR(1) : A_NORMAL);
    for (int column = 0; column < COLS - 1; column++)
      mvaddch(row, column, (chtype)('a' + (row + column) % 26));
  }
  refresh();
  getch();
  endwin();
  return 0;
}

int run_echo_byte(void) {
  struct termios modes;
  if (tcgetattr(0, &modes) != 0) return 1;
  cfmakeraw(&modes);
  tcsetattr(0, TCSANOW, &modes);
  char byte = '.';
  do {
    if (write(1, &byte, 1) != 1) return 1;
  } while (read(0, &byte, 1) == 1);
  return 0;
}
